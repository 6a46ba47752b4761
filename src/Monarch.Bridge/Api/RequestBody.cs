using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Monarch.Bridge.Api;

static class RequestBody
{
    /// <summary>JSON is read by any name: <c>curl -d</c> calls everything a form. A page of another site is refused in any case.</summary>
    public const string AnyType = "*/*";

    /// <returns>The body; of one that is longer, one byte more than is allowed: that tells that there are too many, and the rest is not read.</returns>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(this HttpRequest http, int maxBytes, CancellationToken cancellationToken)
    {
        if (http.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        var enough = maxBytes + 1;
        var buffer = new byte[Math.Min(http.ContentLength ?? enough, enough)];
        return buffer.AsMemory(0, await http.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken));
    }
}
