namespace Monarch.Hosting;

/// <summary>The exit codes of a host, as in <c>sysexits.h</c>.</summary>
public static class ExitCodes
{
    /// <summary>Stopped on request.</summary>
    public const int Ok = 0;

    /// <summary>EX_USAGE: the command line is invalid.</summary>
    public const int Usage = 64;

    /// <summary>EX_UNAVAILABLE: a resource that the host needs is not available, such as a port in use.</summary>
    public const int Unavailable = 69;

    /// <summary>EX_SOFTWARE: an internal error of Monarch.</summary>
    public const int Software = 70;

    /// <summary>EX_CONFIG: settings are invalid; each of them is named on standard error.</summary>
    public const int Config = 78;
}
