// What every page binds. The page works without it.
export {};
