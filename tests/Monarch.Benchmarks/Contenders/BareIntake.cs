using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;

namespace Monarch.Benchmarks.Contenders;

/// <summary>
/// The least that accepts a move: an endpoint that appends it to a stream in Redis. It checks nothing, and the stream is not read.
/// </summary>
static partial class BareIntake
{
    public const string Name = "bare-intake";

    public static Command Create()
    {
        var (port, redis) = (new Argument<int>("port"), new Argument<int>("redis"));
        var command = new Command(Name) { port, redis };
        command.Hidden = true;
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(port), result.GetValue(redis), cancellationToken));
        return command;
    }

    static async Task RunAsync(int port, int redis, CancellationToken cancellationToken)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redis}");
        var database = connection.GetDatabase();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        builder.Services.AddRoutingCore();
        var app = builder.Build();
        app.MapPost(
            "/messages/",
            async context =>
            {
                var move = (await context.Request.ReadFromJsonAsync(BareJson.Default.BareMove, context.RequestAborted))!;
                await database.StreamAddAsync(
                    "bench:moves",
                    [new("issue", move.Issue), new("status", move.Status), new("origin", "bench")]
                );
                context.Response.StatusCode = StatusCodes.Status201Created;
                await context.Response.WriteAsJsonAsync(move, BareJson.Default.BareMove, cancellationToken: context.RequestAborted);
            }
        );
        await using var stopping = cancellationToken.Register(app.Lifetime.StopApplication);
        await app.RunAsync();
    }

    internal sealed record BareMove(
        [property: JsonPropertyName("issue_id")] string Issue,
        [property: JsonPropertyName("status")] string Status
    );

    [JsonSerializable(typeof(BareMove))]
    internal sealed partial class BareJson : JsonSerializerContext;
}
