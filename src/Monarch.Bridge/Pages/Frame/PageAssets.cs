using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monarch.Hosting.Http;

namespace Monarch.Bridge.Pages.Frame;

/// <summary>
/// The files that pages load: stylesheet, scripts, icon. Their addresses contain a digest of their content, so browsers keep them for a
/// year.
/// </summary>
static class PageAssets
{
    const string Prefix = "wwwroot/";
    const string Forever = "public, max-age=31536000, immutable";
    const string Never = "no-cache";

    static readonly Dictionary<string, Asset> All = typeof(PageAssets)
        .Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
        .ToDictionary(name => name[Prefix.Length..], Read, StringComparer.Ordinal);

    /// <summary>The address of a file.</summary>
    public static string Address(string name) => $"/assets/{All[name].Digest}/{name}";

    public static void MapAssets(this IEndpointRouteBuilder pages) =>
        pages
            .MapGet(
                "/assets/{digest}/{**name}",
                (string digest, string name, HttpResponse response) =>
                {
                    if (!All.TryGetValue(name, out var asset))
                    {
                        return Results.NotFound();
                    }

                    // During an upgrade a page of one version may ask a Bridge of another one.
                    response.Headers.CacheControl = digest == asset.Digest ? Forever : Never;
                    return Results.Bytes(asset.Content, asset.ContentType);
                }
            )
            .OpenToAll();

    static Asset Read(string resource)
    {
        using var stream = typeof(PageAssets).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var type = Path.GetExtension(resource) switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/plain; charset=utf-8",
        };
        return new(content, Convert.ToHexStringLower(SHA256.HashData(content))[..12], type);
    }

    sealed record Asset(byte[] Content, string Digest, string ContentType);
}
