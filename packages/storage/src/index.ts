/** The storage port of byot: what is kept, and what every adapter promises. @module */
export {};
