using Monarch.Hosting.Settings;

namespace Monarch.Hosting.Http;

/// <summary>Validates ports.</summary>
static class PortFault
{
    public static IEnumerable<string> Of(string key, int port, int defaultPort) =>
        port is >= 0 and <= 65535
            ? []
            :
            [
                SettingError.Of(
                    key,
                    $"{port}",
                    "which is not a port",
                    $"Set it to a number from 0 (any free port) to 65535, or leave it out for the default, {defaultPort}."
                ),
            ];

    public static IEnumerable<string> Same(string key, int port, string otherKey, int other) =>
        port != other || port == 0 ? [] : [SettingError.Of(key, $"{port}", $"and {otherKey} is the same", "Use different ports.")];
}
