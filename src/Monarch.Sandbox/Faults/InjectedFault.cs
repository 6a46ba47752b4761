namespace Monarch.Sandbox.Faults;

enum InjectedFault
{
    None,

    // The three server errors stand together: one of them is drawn.
    InternalError,
    BadGateway,
    Unavailable,
    Throttled,
    NotFound,
    TooQuickly,
    Cut,
    Hang,
}
