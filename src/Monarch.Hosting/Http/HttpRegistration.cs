using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using BadHttpRequestException = Microsoft.AspNetCore.Http.BadHttpRequestException;

namespace Monarch.Hosting.Http;

static class HttpRegistration
{
    public static void AddHttp(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<HttpOptions>().Bind(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<HttpOptions>, HttpOptionsValidator>();
        builder.Services.AddOptions<UsherHttpOptions>().Bind(builder.Configuration);
        builder.Services.AddSingleton<IValidateOptions<UsherHttpOptions>, UsherHttpOptionsValidator>();
        builder.Services.AddSingleton(new HostAddresses());
        builder.Services.AddSingleton<IConfigureOptions<KestrelServerOptions>, KestrelSetup>();
        builder.Services.AddProblemDetails();
        builder.Services.AddAccess();
        builder.Services.AddSecurityHeaders();
    }

    /// <summary>Adds problem details for errors, separates the listeners, and guards those of Bridge and Usher.</summary>
    public static void UseListeners(this WebApplication app)
    {
        app.UseSecurityHeaders();
        app.UseExceptionHandler(
            new ExceptionHandlerOptions
            {
                StatusCodeSelector = exception =>
                    exception is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status500InternalServerError,
                // A bad request is reported to its caller, not logged as an error.
                SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
            }
        );
        app.UseStatusCodePages();
        app.Use(ListenerGuard.InvokeAsync);
        app.UseMiddleware<CallerGuard>();
    }
}
