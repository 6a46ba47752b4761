using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Monarch.Bridge.Api;

static class RequestBody
{
    /// <summary>
    /// JSON is accepted with any content type: <c>curl -d</c> sends everything as a form. Pages of other sites are refused regardless.
    /// </summary>
    public const string AnyType = "*/*";

    /// <returns>The body; of a longer one, one byte more than allowed: the caller then knows that it is too long, and the rest is not
    /// read.</returns>
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
