using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Http;

/// <summary>
/// Who may call what the Bridge shows. With a key: whoever sends it, from anywhere. Without one: this machine's own programs, but
/// not a web page that somebody has open on it (its requests come from this machine too).
/// </summary>
sealed class CallerGuard(RequestDelegate next, IOptions<HttpOptions> options)
{
    readonly ApiKey? _key = options.Value.ApiKey is { } key ? new ApiKey(key) : null;

    public Task InvokeAsync(HttpContext context)
    {
        // What the metrics port shows to all needs no guard here either.
        if (ListenerGuard.ShownOn(context).HasFlag(Listeners.Metrics))
            return next(context);
        var refusal = _key is null ? LocalCaller.Refusal(context.Request) : _key.Refusal(context);
        return refusal is null ? next(context) : refusal.ExecuteAsync(context);
    }
}
