/**
 * The primes whose product is a factor of every modulus that the flawed library works with, up to the
 * shortest ones it makes; 2 tells nothing.
 */
const primes: readonly number[] = [
  3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101,
  103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167,
];

const generator = 65_537;

/** For each prime the remainders that powers of the generator leave, if there are others. */
const fingerprint: readonly (readonly [number, ReadonlySet<number>])[] = primes
  .map((prime) => [prime, powersModulo(prime)] as const)
  .filter(([prime, powers]) => powers.size < prime - 1);

/**
 * Recognizes an RSA modulus that comes from the flawed prime generator of Infineon's RSALib and can be
 * factored in practice (ROCA, CVE-2017-15361).
 *
 * Both primes of such a modulus are, modulo many small primes at once, powers of 65537, and so is their
 * product. Of other moduli fewer than one in a hundred million look the same by chance.
 */
export function isRocaModulus(modulus: Uint8Array): boolean {
  return fingerprint.every(([prime, powers]) => powers.has(remainder(modulus, prime)));
}

function powersModulo(prime: number): ReadonlySet<number> {
  const powers = new Set<number>();
  for (let power = 1; !powers.has(power); power = (power * (generator % prime)) % prime) {
    powers.add(power);
  }
  return powers;
}

/** The remainder of an integer whose bytes are given from the highest to the lowest. */
function remainder(integer: Uint8Array, divisor: number): number {
  return integer.reduce((rest, byte) => (rest * 256 + byte) % divisor, 0);
}
