using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Monarch.Hosting.Http;

/// <summary>The headers with which a browser restricts what a page may do.</summary>
public static class SecurityHeaders
{
    const string Reference = "reference";

    /// <summary>Allows the reference of the API its inline styles and scripts. It still loads nothing from other hosts.</summary>
    /// <param name="endpoints">The endpoints of the reference.</param>
    public static TBuilder WithReferenceHeaders<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder => endpoints.WithSecurityHeadersPolicy(Reference);

    internal static void AddSecurityHeaders(this IServiceCollection services) =>
        services
            .AddSecurityHeaderPolicies()
            .SetDefaultPolicy(headers =>
                headers
                    .AddCommonHeaders()
                    .AddContentSecurityPolicy(csp =>
                    {
                        csp.AddDefaultSrc().None();
                        csp.AddScriptSrc().Self();
                        csp.AddStyleSrc().Self();
                        csp.AddImgSrc().Self();
                        csp.AddConnectSrc().Self();
                        csp.AddFormAction().Self();
                        csp.AddBaseUri().None();
                        csp.AddFrameAncestors().None();
                    })
            )
            .AddPolicy(
                Reference,
                headers =>
                    headers
                        .AddCommonHeaders()
                        .AddContentSecurityPolicy(csp =>
                        {
                            csp.AddDefaultSrc().Self();
                            csp.AddScriptSrc().Self().UnsafeInline();
                            csp.AddStyleSrc().Self().UnsafeInline();
                            csp.AddImgSrc().Self().Data();
                            csp.AddFontSrc().Self().Data();
                            csp.AddFormAction().Self();
                            csp.AddBaseUri().None();
                            csp.AddFrameAncestors().None();
                        })
            );

    static HeaderPolicyCollection AddCommonHeaders(this HeaderPolicyCollection headers) =>
        headers
            .AddContentTypeOptionsNoSniff()
            .AddFrameOptionsDeny()
            .AddReferrerPolicySameOrigin()
            .AddCrossOriginOpenerPolicy(policy => policy.SameOrigin())
            .AddCrossOriginResourcePolicy(policy => policy.SameOrigin());
}
