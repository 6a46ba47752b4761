using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Bridge.Intake;
using Monarch.Hosting;
using Monarch.Hosting.Startup;
using Monarch.Redis;
using Monarch.Redis.Connection;
using Monarch.Redis.Outages;
using Monarch.Redis.Streams;

namespace Monarch.Cli.Commands;

/// <summary>Publishes a request on Redis, as the Learning Platform does.</summary>
static class PublishCommand
{
    const string Channel = PlatformListener.Channel;
    const string Stream = IntakeEntry.Requests;

    public static Command Create()
    {
        var durable = new Option<bool>("--durable")
        {
            Description = $"Write to the stream {Stream} instead, which waits for a Bridge that is down",
        };
        var command = new Command("publish", "Publish a request on Redis, as the Learning Platform does");
        RequestArguments.AddTo(command);
        command.Add(durable);
        command.SetAction(
            (result, cancellationToken) =>
                RequestArguments.RunAsync(result, request => PublishAsync(request, result.GetValue(durable), cancellationToken))
        );
        return command;
    }

    static async Task<int> PublishAsync(string message, bool durable, CancellationToken cancellationToken)
    {
        var builder = MonarchHost.CreateBuilder(HostRole.Serve, new Dictionary<string, string?> { ["MONARCH_LOG_LEVEL"] = "Critical" });
        builder.Services.AddRedis(builder.Configuration);
        if (!builder.Configuration.HasRedis())
        {
            await Console.Error.WriteLineAsync(
                "monarch: VALKEY_HOST is not set. Set it, VALKEY_URL or VALKEY_SENTINELS to the Redis that the Bridge listens to."
            );
            return ExitCodes.Config;
        }

        await using var services = builder.Services.BuildServiceProvider();
        try
        {
            return await PublishAsync(services.GetRequiredService<RedisConnection>(), message, durable, cancellationToken);
        }
        catch (RedisUnavailableException e)
        {
            await Console.Error.WriteLineAsync($"monarch: {e.Message}");
            return ExitCodes.Unavailable;
        }
        catch (OptionsValidationException e)
        {
            foreach (var fault in e.Failures)
            {
                await Console.Error.WriteLineAsync($"monarch: {fault}");
            }

            return ExitCodes.Config;
        }
        catch (InvalidOperationException e)
        {
            // A value that is not a number: the binder names the value and its key.
            await Console.Error.WriteLineAsync($"monarch: {e.Message}");
            return ExitCodes.Config;
        }
    }

    static async Task<int> PublishAsync(RedisConnection redis, string message, bool durable, CancellationToken cancellationToken)
    {
        if (durable)
        {
            await using var stream = new RedisWorkGroup(redis, Stream, "bridges", "publisher");
            var id = await stream.AddAsync(new Dictionary<string, string> { ["message"] = message }, cancellationToken);
            Console.WriteLine($"Written to {Stream} as {id}: {message}");
            return 0;
        }

        var subscribers = await redis.PublishAsync(Channel, message, cancellationToken);
        if (subscribers == 0)
        {
            await Console.Error.WriteLineAsync(
                $"monarch: no Bridge listens to {Channel}; the message is lost. Start a Bridge, or publish with --durable."
            );
            return ExitCodes.Unavailable;
        }

        Console.WriteLine($"Published on {Channel}, received by {Count.Of(subscribers, "subscriber")}: {message}");
        return 0;
    }
}
