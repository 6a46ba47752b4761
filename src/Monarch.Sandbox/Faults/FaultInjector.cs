using Monarch.Sandbox.Model;

namespace Monarch.Sandbox.Faults;

/// <summary>Selects the fault of a request: scripts first, then chance. Thread-safe.</summary>
sealed class FaultInjector(SandboxFaults settings)
{
    readonly Lock _lock = new();
    readonly List<ScriptedAnswer> _scripts = [];
    Random _random = new(settings.Seed);

    public SandboxFaults Settings
    {
        get;
        set
        {
            lock (_lock)
            {
                _random = new Random(value.Seed);
                field = value;
            }
        }
    } = settings;

    public void Script(ScriptedAnswer script)
    {
        script.Compile();
        lock (_lock)
        {
            _scripts.Add(script);
        }
    }

    public void ClearScripts()
    {
        lock (_lock)
        {
            _scripts.Clear();
        }
    }

    public ScriptedAnswer? Take(string method, string path)
    {
        lock (_lock)
        {
            if (_scripts.Find(s => s.Matches(method, path)) is not { } script)
            {
                return null;
            }

            if (--script.Count <= 0)
            {
                _scripts.Remove(script);
            }

            return script;
        }
    }

    /// <summary>The fault of a request before it is carried out.</summary>
    public InjectedFault BeforeRequest(bool isForRepository, bool isCreation)
    {
        var faults = Settings;
        var (errors, throttles) = (faults.ServerErrors, faults.Throttles);
        var (notFounds, tooQuickly) = (isForRepository ? faults.NotFounds : 0, isCreation ? faults.PaceRefusals : 0);
        if (errors + throttles + notFounds + tooQuickly <= 0)
        {
            return InjectedFault.None;
        }

        var draw = Draw();
        if (draw < errors)
        {
            return (InjectedFault)((int)InjectedFault.InternalError + (int)(Draw() * 3));
        }

        if (draw < errors + throttles)
        {
            return InjectedFault.Throttled;
        }

        if (draw < errors + throttles + notFounds)
        {
            return InjectedFault.NotFound;
        }

        return draw < errors + throttles + notFounds + tooQuickly ? InjectedFault.TooQuickly : InjectedFault.None;
    }

    /// <summary>The fault of the answer to a write that was carried out.</summary>
    public InjectedFault AfterWrite()
    {
        var faults = Settings;
        var (badGateway, cut, hang) = (faults.CreatedThenBadGateway, faults.CreatedThenCut, faults.CreatedThenHang);
        if (badGateway + cut + hang <= 0)
        {
            return InjectedFault.None;
        }

        var draw = Draw();
        if (draw < badGateway)
        {
            return InjectedFault.BadGateway;
        }

        if (draw < badGateway + cut)
        {
            return InjectedFault.Cut;
        }

        return draw < badGateway + cut + hang ? InjectedFault.Hang : InjectedFault.None;
    }

    /// <summary>Whether this page of a listing is empty.</summary>
    public bool EmptiesListing() => Settings.EmptyListings > 0 && Draw() < Settings.EmptyListings;

    double Draw()
    {
        lock (_lock)
        {
            return _random.NextDouble();
        }
    }
}

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
