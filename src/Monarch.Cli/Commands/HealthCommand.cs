using System.CommandLine;
using Microsoft.Extensions.Options;
using Monarch.Cli.Clients;
using Monarch.Cli.Display;
using Monarch.Hosting;

namespace Monarch.Cli.Commands;

/// <summary>Asks a host whether it is ready, where <c>curl</c> is not available: a container's health check.</summary>
static class HealthCommand
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static Command Create()
    {
        var url = new Option<string?>("--url")
        {
            Description = "The host's address; otherwise the one on this machine, by PROMETHEUS_PORT",
        };
        var command = new Command("health", "Ask a host whether it is ready; exit code 0 only when it is") { url };
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(url), cancellationToken));
        return command;
    }

    static async Task<int> RunAsync(string? url, CancellationToken cancellationToken)
    {
        try
        {
            var address = ApiAccess.Health(url);
            using var http = new HttpClient { Timeout = Timeout };
            using var answer = await http.GetAsync(address, cancellationToken);
            Console.WriteLine(await answer.Content.ReadAsStringAsync(cancellationToken));
            return answer.IsSuccessStatusCode ? ExitCodes.Ok : ExitCodes.Unavailable;
        }
        catch (CommandFailedException e)
        {
            return await Output.FailAsync(e.ExitCode, e.Message);
        }
        catch (HttpRequestException e)
        {
            return await Output.FailAsync(ExitCodes.Unavailable, $"nothing answers: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await Output.FailAsync(ExitCodes.Unavailable, $"no answer within {Timeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException)
        {
            return await Output.FailAsync(ExitCodes.Config, e.Message);
        }
    }
}
