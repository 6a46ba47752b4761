namespace Monarch.Hosting.Telemetry;

/// <summary>Marks a request whose path contains a secret: spans show scheme, host and port only.</summary>
public static class SecretPath
{
    internal static readonly HttpRequestOptionsKey<bool> Key = new("monarch.secret_path");

    /// <summary>Marks the request.</summary>
    public static void HidePath(this HttpRequestMessage request)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Options.Set(Key, true);
    }
}
