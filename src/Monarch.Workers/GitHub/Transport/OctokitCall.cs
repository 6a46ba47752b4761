using System.Collections.ObjectModel;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Octokit;
using Octokit.Internal;
using ProductHeaderValue = Octokit.ProductHeaderValue;

namespace Monarch.Workers.GitHub.Transport;

/// <summary>
/// One call through Octokit's connection above our own transport. Octokit supplies the address and builds the request; credentials, budget,
/// deadline, redirects and refusals are handled below it, so it sees only successes. docs/adr/0005 gives the reasons.
/// </summary>
/// <remarks>
/// Octokit's typed methods are not used: they accept no cancellation token, and its models read a missing field as 0 or null.
/// </remarks>
sealed class OctokitCall<T>(
    Uri baseAddress,
    JsonTypeInfo<T> type,
    TimeProvider time,
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> sendAsync,
    LenientReader<T>? lenient = null
) : IHttpClient, IJsonSerializer
    where T : class
{
    // Octokit adds its own User-Agent and Accept to each request; the transport sends ours instead.
    static readonly ProductHeaderValue Product = new("monarch");
    static readonly InMemoryCredentialStore Anonymous = new(Octokit.Credentials.Anonymous);

    /// <summary>The connection for one <c>Get</c> or <c>Post</c> of a <typeparamref name="T"/>.</summary>
    public Connection Connection => new(Product, baseAddress, Anonymous, this, this);

    /// <summary>The headers of the answer; null before the answer.</summary>
    public HttpResponseHeaders? Headers { get; private set; }

    public async Task<IResponse> Send(
        IRequest request,
        CancellationToken cancellationToken,
        Func<object, object>? preprocessResponseBody = null
    )
    {
        using var message = new HttpRequestMessage(request.Method, new Uri(request.BaseAddress, request.Endpoint));
        message.Content = request.Body is string json ? new StringContent(json, Encoding.UTF8, request.ContentType) : null;
        using var answer = await sendAsync(message, cancellationToken);
        Headers = answer.Headers;
        return answer.IsSuccessStatusCode
            ? new Response(answer.StatusCode, GitHubAnswer.Read(answer, type, lenient))
            : throw GitHubAnswer.Refused(answer, time.GetUtcNow());
    }

    public string Serialize(object item) => JsonSerializer.Serialize(item, type.Options.GetTypeInfo(item.GetType()));

    /// <summary>Never called: <see cref="Send"/> reads the body from its bytes, without an intermediate string.</summary>
    public TAnswer Deserialize<TAnswer>(string json) => throw new NotSupportedException();

    /// <summary>Never called: the transport sets the time limit.</summary>
    public void SetRequestTimeout(TimeSpan timeout) => throw new NotSupportedException();

    public void Dispose() { }

    // Without a content type, Octokit returns the body unchanged: a T.
    sealed record Response(HttpStatusCode StatusCode, object Body) : IResponse
    {
        public IReadOnlyDictionary<string, string> Headers => ReadOnlyDictionary<string, string>.Empty;

        public ApiInfo ApiInfo => new(ReadOnlyDictionary<string, Uri>.Empty, [], [], null, null);

        public string? ContentType => null;
    }
}
