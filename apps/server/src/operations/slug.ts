const maximumSlugLength = 63;

/** A key made from a name for people: `My Clerk Provider` becomes `my-clerk-provider`. */
export function slugOf(name: string): string {
  const words = name
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
  const slug = /^[a-z]/.test(words) ? words : `provider-${words}`;
  return slug.slice(0, maximumSlugLength).replace(/-$/, "");
}
