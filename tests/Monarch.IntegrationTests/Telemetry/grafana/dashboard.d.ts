import type { Dashboard } from '@grafana/schema';

// JSON holds the values of enums as strings, which TypeScript does not take for the enums themselves.
type Json<T> = T extends string ? `${T}` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;

export type DashboardJson = Json<Dashboard>;
