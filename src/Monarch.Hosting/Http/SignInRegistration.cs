using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Monarch.Hosting.Http;

static class SignInRegistration
{
    /// <summary>Adds the keys, and the cookie of a sign-in.</summary>
    public static void AddAccess(this IServiceCollection services)
    {
        services.AddSingleton<AccessKeys>();
        services.AddSingleton<SignInPace>();
        services.AddSingleton(provider => new SignIn(
            provider.GetRequiredService<AccessKeys>(),
            provider.GetRequiredService<SignInPace>(),
            provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
            provider.GetRequiredService<ILogger<SignIn>>()
        ));
        services.AddDataProtection().SetApplicationName("Monarch");
        services
            .AddOptions<KeyManagementOptions>()
            .Configure<IOptions<HttpOptions>>(
                (keys, http) =>
                {
                    var secret = http.Value.KeyRingSecret;
                    keys.XmlRepository = secret is null ? new InMemoryKeyRing() : new DerivedKeyRing(secret);
                    keys.AutoGenerateKeys = secret is null;
                    // Neither leaves this process.
                    keys.XmlEncryptor = new NullXmlEncryptor();
                }
            );
        services
            .AddAuthentication()
            .AddCookie(
                AccessKeys.Cookie,
                cookie =>
                {
                    cookie.Cookie.Name = "monarch";
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = SignIn.Brief;
                    cookie.SlidingExpiration = true;
                    cookie.Events = new CookieAuthenticationEvents
                    {
                        OnSigningIn = context =>
                        {
                            if (context.Properties.IsPersistent)
                            {
                                context.Properties.ExpiresUtc =
                                    context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + SignIn.Remembered;
                            }

                            return Task.CompletedTask;
                        },
                    };
                }
            );
    }
}
