using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Monarch.Tests.Http;

/// <summary>A request as received by the stub.</summary>
sealed record StubRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public static async Task<StubRequest> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var headers = request.Headers.ToDictionary(x => x.Key, x => x.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var target = new Uri(request.GetEncodedUrl()).PathAndQuery;
        return new StubRequest(request.Method, target, headers, await reader.ReadToEndAsync(request.HttpContext.RequestAborted));
    }
}
