using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Monarch.Tests.Bridge.Pages;

/// <summary>A browser without script: it keeps cookies, and sends the forms of pages.</summary>
sealed partial class PageClient : IDisposable
{
    readonly HttpClient _http;

    public PageClient(BridgeHost host)
    {
        Origin = host.Web.BaseAddress!;
        _http = new(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new() });
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");
    }

    /// <summary>The Bridge that it reaches.</summary>
    public Uri Origin { get; set; }

    static CancellationToken Token => TestContext.Current.CancellationToken;

    public async Task<PageAnswer> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Origin, address));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await SendAsync(request);
    }

    /// <summary>Sends a form of a page, with its hidden fields.</summary>
    public Task<PageAnswer> SubmitAsync(PageAnswer page, string action, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(page.Html).Single(form => WebUtility.HtmlDecode(form.Groups["action"].Value) == action).Value;
        var hidden = Hidden()
            .Matches(form)
            .Select(field => (field.Groups["name"].Value, WebUtility.HtmlDecode(field.Groups["value"].Value)));
        return PostAsync(action, [.. hidden, .. fields]);
    }

    public async Task<PageAnswer> PostAsync(string address, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Origin, address));
        request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    async Task<PageAnswer> SendAsync(HttpRequestMessage request)
    {
        using var answer = await _http.SendAsync(request, Token);
        return new(answer.StatusCode, await answer.Content.ReadAsStringAsync(Token))
        {
            Location = answer.Headers.Location?.OriginalString,
            ContentType = answer.Content.Headers.ContentType?.MediaType,
            Headers = answer
                .Headers.Concat(answer.Content.Headers)
                .ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase),
        };
    }

    [GeneratedRegex("<form [^>]*action=\"(?<action>[^\"]*)\".*?</form>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"(?<name>[^\"]*)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)]
    private static partial Regex Hidden();
}

/// <summary>An answer as a person receives it.</summary>
sealed partial record PageAnswer(HttpStatusCode Status, string Html)
{
    public string? Location { get; init; }

    public string? ContentType { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The text that a browser shows.</summary>
    public string Text => WebUtility.HtmlDecode(Spaces().Replace(Tags().Replace(Html, " "), " "));

    /// <summary>The values of an attribute, in the order of the page.</summary>
    public IReadOnlyList<string> Values(string attribute) =>
        [
            .. Regex
                .Matches(Html, $" {attribute}=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture)
                .Select(match => WebUtility.HtmlDecode(match.Groups["value"].Value)),
        ];

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
