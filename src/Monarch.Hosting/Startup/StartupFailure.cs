using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Hosting.Http;

namespace Monarch.Hosting.Startup;

/// <summary>Describes why a host could not start or continue.</summary>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Lines">One line for each error.</param>
/// <param name="Detail">The exception, if its stack trace is useful; null if the lines are sufficient.</param>
sealed record StartupFailure(int ExitCode, IReadOnlyList<string> Lines, Exception? Detail)
{
    public static StartupFailure Of(IServiceProvider? services, Exception exception) =>
        exception switch
        {
            OptionsValidationException invalid => new(ExitCodes.Config, [.. invalid.Failures], null),
            IOException { InnerException: AddressInUseException } taken when services is not null => new(
                ExitCodes.Unavailable,
                [Describe(services, taken)],
                null
            ),
            SocketException { SocketErrorCode: SocketError.AccessDenied or SocketError.AddressNotAvailable } refused
                when services is not null => new(
                ExitCodes.Unavailable,
                [$"it cannot listen: {refused.Message}. {ListenRemedy(services)}"],
                null
            ),
            _ => new(ExitCodes.Software, [$"it failed: {exception.Message}"], exception),
        };

    // "Failed to bind to address http://127.0.0.1:8081: address already in use."
    static string Describe(IServiceProvider services, IOException taken)
    {
        var (key, port) = Ports(services).MaxBy(x => taken.Message.Contains($":{x.Port}:", StringComparison.Ordinal));
        return $"{key} is '{port}', and that port is in use by another program. Stop that program, or set {key} to another port.";
    }

    static string ListenRemedy(IServiceProvider services)
    {
        List<(string Key, string Value)> settings =
        [
            (HttpOptions.BindKey, services.GetRequiredService<IOptions<HttpOptions>>().Value.Bind),
        ];
        if (OpensUsher(services))
        {
            settings.Add((UsherHttpOptions.BindKey, services.GetRequiredService<IOptions<UsherHttpOptions>>().Value.Bind));
        }

        settings.AddRange(Ports(services).Select(x => (x.Key, $"{x.Port}")));
        return $"{string.Join(", ", settings.Select(x => $"{x.Key} is '{x.Value}'"))}: use an address of this machine, and ports from 1024 on.";
    }

    /// <summary>The ports of the host's listeners.</summary>
    static List<(string Key, int Port)> Ports(IServiceProvider services)
    {
        var http = services.GetRequiredService<IOptions<HttpOptions>>().Value;
        List<(string, int)> ports = [(HttpOptions.PrometheusPortKey, http.PrometheusPort)];
        if (services.GetRequiredService<HostRole>().HasBridge)
        {
            ports.Insert(0, (HttpOptions.WebPortKey, http.WebPort));
        }

        if (OpensUsher(services))
        {
            ports.Add((UsherHttpOptions.PortKey, services.GetRequiredService<IOptions<UsherHttpOptions>>().Value.Port));
        }

        return ports;
    }

    static bool OpensUsher(IServiceProvider services) =>
        services.GetRequiredService<HostRole>().OpensUsher(services.GetRequiredService<IConfiguration>());
}
