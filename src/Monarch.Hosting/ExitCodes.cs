namespace Monarch.Hosting;

/// <summary>How a host ended, in the numbers of <c>sysexits.h</c>, which systemd and people know.</summary>
public static class ExitCodes
{
    /// <summary>Stopped because it was asked to.</summary>
    public const int Ok = 0;

    /// <summary>EX_USAGE: what was asked for on the command line cannot be done as it stands.</summary>
    public const int Usage = 64;

    /// <summary>EX_UNAVAILABLE: something that the host needs cannot be had, such as a port that is taken.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: a fault of Monarch itself.</summary>
    public const int Software = 70;

    /// <summary>EX_CONFIG: a setting is wrong; each one is named on standard error.</summary>
    public const int Config = 78;
}
