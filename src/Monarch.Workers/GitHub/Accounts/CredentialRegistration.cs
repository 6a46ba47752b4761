using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Monarch.Workers.GitHub.Accounts.Apps;

namespace Monarch.Workers.GitHub.Accounts;

static class CredentialRegistration
{
    const string Restart = "and restart the workers: pending work then continues automatically.";

    public static void AddGitHubCredentials(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CredentialOptions>, CredentialOptionsDefaults>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<CredentialOptions>>(new CredentialOptionsValidator(configuration))
        );
        services.AddOptions<CredentialOptions>().Bind(configuration).ValidateOnStart();
        services.TryAddSingleton<ICredentialStore, InMemoryCredentialStore>();
        services.TryAddSingleton<CredentialParking>();
        services.TryAddTransient<CredentialHandler>();
        services.TryAddSingleton(Accounts);
        services.AddHttpClient<AccountClient>().ToGitHub();
    }

    static IAccounts Accounts(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<CredentialOptions>>().Value;
        var (client, time) = (provider.GetRequiredService<AccountClient>(), provider.GetRequiredService<TimeProvider>());
        return options.HasApp && AppKey.TryRead(options.ReadPrivateKey()!, out var key)
            ? new AppAccounts(new(options.AppId!, key, time), client, time)
            : new TokenAccounts(Tokens(options), client, provider.GetRequiredService<ICredentialStore>(), time);
    }

    static IReadOnlyList<TokenCredential> Tokens(CredentialOptions options)
    {
        var tokens = new List<TokenCredential>();
        if (options.Token is not null || options.Tokens is null)
        {
            tokens.Add(new(options.Token, "Monarch's token", $"Set GH_PAT to a valid token {Restart}"));
        }

        tokens.AddRange(
            options
                .SplitTokens()
                .Index()
                .Select(token => new TokenCredential(
                    token.Item,
                    $"token {token.Index + 1} of GH_PATS",
                    $"Replace it in GH_PATS with a valid token {Restart}"
                ))
        );
        return [.. tokens.DistinctBy(token => token.Name)];
    }
}
