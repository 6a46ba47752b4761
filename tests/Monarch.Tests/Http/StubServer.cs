using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Monarch.Tests.Http;

/// <summary>An HTTP server on loopback with scripted answers that records its requests.</summary>
sealed class StubServer : IAsyncDisposable
{
    readonly WebApplication _app;
    readonly ConcurrentQueue<StubRequest> _requests = [];

    StubServer(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public IReadOnlyList<StubRequest> Requests => [.. _requests];

    public static async Task<StubServer> StartAsync(Func<HttpContext, Task> answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new StubServer(builder.Build());
        server._app.Run(async context =>
        {
            server._requests.Enqueue(await StubRequest.ReadAsync(context.Request));
            await answer(context);
        });
        await server._app.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await _app.StopAsync(cancelled.Token);
        await _app.DisposeAsync();
    }
}
