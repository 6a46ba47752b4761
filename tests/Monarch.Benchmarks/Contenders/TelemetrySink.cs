using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Monarch.Benchmarks.Contenders;

/// <summary>An OpenTelemetry collector that takes everything (OTLP over HTTP) and keeps nothing.</summary>
sealed class TelemetrySink : IAsyncDisposable
{
    readonly WebApplication _app;

    TelemetrySink(WebApplication app) => _app = app;

    public Uri Url => new(_app.Urls.Single());

    public static async Task<TelemetrySink> StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRouting();
        var app = builder.Build();
        app.Run(async context =>
        {
            await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
            context.Response.ContentType = "application/x-protobuf";
        });
        await app.StartAsync();
        return new(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
