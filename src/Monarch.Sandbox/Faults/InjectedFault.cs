namespace Monarch.Sandbox.Faults;

enum InjectedFault
{
    None,

    // The three server errors are adjacent: FaultInjector draws one of them.
    InternalError,
    BadGateway,
    Unavailable,
    Throttled,
    NotFound,
    TooQuickly,
    Cut,
    Hang,
}
