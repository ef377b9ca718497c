// Holds the stand-in against Microsoft's types: what a class of ours shows must be in Excel's interface, too.

/** What is passed by value is of the same type here; objects of Excel are objects of the stand-in. */
type Passed<T> = T extends string | number | boolean | null | undefined | readonly unknown[] ? T : any;

type Arguments<A extends any[]> = { [I in keyof A]: Passed<A[I]> };

type Member<T> = T extends (...args: infer A) => any ? (...args: Arguments<A>) => any : Passed<T>;

/** Members that begin with an underscore are the stand-in's own. */
type Shown<C> = Exclude<keyof C, `_${string}`>;

/** The class `C`, all of whose members are those of Excel's interface `T`. The compiler complains if not. */
export type Holds<T, C extends { [P in Shown<C>]: P extends keyof T ? Member<T[P]> : never }> = C;
