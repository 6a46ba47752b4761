using System.Net;

namespace Monarch.Hosting.Http;

/// <summary>Parses the addresses that a host listens on.</summary>
static class BindAddresses
{
    public const string Problem = "which is not a list of addresses";
    public const string Remedy =
        "Set it to IP addresses separated by commas, localhost, or * for all; or leave it out for the default, 127.0.0.1.";

    /// <returns>The addresses; null when the list is invalid.</returns>
    public static IReadOnlyList<IPAddress>? Of(string list)
    {
        var names = list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var addresses = names.Select(Address).OfType<IPAddress>().Distinct().ToList();
        return names.Length > 0 && names.All(name => Address(name) is not null) ? addresses : null;
    }

    /// <returns>The first address that other machines can reach; null when there is none.</returns>
    public static IPAddress? Open(IReadOnlyList<IPAddress> addresses) =>
        addresses.FirstOrDefault(address => !IPAddress.IsLoopback(address));

    static IPAddress? Address(string name) =>
        name switch
        {
            "localhost" => IPAddress.Loopback,
            "*" => IPAddress.Any,
            // IPAddress would accept a bare number such as 127.
            _ when name.Contains('.', StringComparison.Ordinal) || name.Contains(':', StringComparison.Ordinal) => IPAddress.TryParse(
                name,
                out var address
            )
                ? address
                : null,
            _ => null,
        };
}
