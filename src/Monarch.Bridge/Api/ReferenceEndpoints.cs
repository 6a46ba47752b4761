using Microsoft.AspNetCore.Routing;
using Monarch.Hosting.Http;
using Scalar.AspNetCore;

namespace Monarch.Bridge.Api;

/// <summary>
/// The reference of the API as a web page, generated from its OpenAPI document. The page loads nothing from other servers.
/// </summary>
static class ReferenceEndpoints
{
    public static void MapReference(this IEndpointRouteBuilder routes) =>
        routes
            .MapScalarApiReference(
                "/docs",
                scalar =>
                {
                    scalar.WithTitle("Monarch's API").DisableDefaultFonts().DisableTelemetry().DisableAgent();
                    scalar.Mcp = new() { Disabled = true };
                    scalar.HideClientButton = true;
                    scalar.ShowDeveloperTools = DeveloperToolsVisibility.Never;
                }
            )
            .WithReferenceHeaders();
}
