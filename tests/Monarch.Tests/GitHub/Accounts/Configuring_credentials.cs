using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Monarch.Testing;
using Monarch.Workers.GitHub.Accounts;
using Monarch.Workers.GitHub.Accounts.Apps;
using Monarch.Workers.GitHub.Api;
using Shouldly;
using Xunit;

namespace Monarch.Tests.GitHub.Accounts;

public sealed class Configuring_credentials : IDisposable
{
    readonly RSA _key = RSA.Create(2048);
    readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("", "GH_PAT is not set")]
    [InlineData("GH_PAT=ghp secret", "GH_PAT (value hidden) contains whitespace")]
    [InlineData("GH_PAT=ghp_secrét", "GH_PAT (value hidden) contains whitespace")]
    [InlineData("GH_PATS=secret1,,secret2", "GH_PATS (value hidden) has no token at position 2.")]
    [InlineData("GH_PATS=secret1, secret2,", "GH_PATS (value hidden) has no token at position 3.")]
    [InlineData("GH_PATS=secret1 secrét2", "GH_PATS, token 2, (value hidden) contains whitespace")]
    [InlineData("GH_APP_ID=12", "GH_APP_PRIVATE_KEY is not set, but GH_APP_ID is.")]
    [InlineData(
        "GH_APP_ID=12|GH_APP_PRIVATE_KEY=secret",
        "GH_APP_PRIVATE_KEY (value hidden) does not contain a private key in PEM format."
    )]
    [InlineData(
        "GH_APP_ID=12|GH_APP_PRIVATE_KEY=PUBLIC",
        "GH_APP_PRIVATE_KEY (value hidden) does not contain a private key in PEM format."
    )]
    [InlineData(
        "GH_APP_ID=12|GH_APP_PRIVATE_KEY_FILE=/nowhere/app.pem",
        "GH_APP_PRIVATE_KEY_FILE is '/nowhere/app.pem', which cannot be read"
    )]
    [InlineData(
        "GH_APP_ID=12|GH_APP_PRIVATE_KEY=KEY|GH_APP_PRIVATE_KEY_FILE=/nowhere/app.pem",
        "GH_APP_PRIVATE_KEY_FILE is set together with GH_APP_PRIVATE_KEY."
    )]
    [InlineData("GH_APP_ID=my app|GH_APP_PRIVATE_KEY=KEY", "GH_APP_ID is 'my app', which is not an App's id.")]
    [InlineData("GH_APP_PRIVATE_KEY=KEY", "GH_APP_ID is not set, but a private key is.")]
    [InlineData("GH_APP_ID=12|GH_APP_PRIVATE_KEY=KEY|GH_PAT=secret", "GH_APP_ID is set together with GH_PAT or GH_PATS.")]
    [InlineData("GH_APP_ID=12|GH_APP_PRIVATE_KEY=KEY|GH_PATS=secret", "GH_APP_ID is set together with GH_PAT or GH_PATS.")]
    public void Should_report_an_invalid_setting_by_name_without_its_secret(string settings, string error)
    {
        using var services = Services(settings);

        var refused = Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        refused.Failures.ShouldHaveSingleItem().ShouldStartWith(error);
        refused.Message.ShouldNotContain("secr");
        refused.Message.ShouldNotContain(_key.ExportSubjectPublicKeyInfoPem());
    }

    [Theory]
    [InlineData("GH_PAT=one\n", "one")]
    [InlineData("GH_PATS=one, two,three\tfour\nfive\n", "one two three four five")]
    [InlineData("GH_PAT=one|GH_PATS=two one", "one two")]
    [InlineData("GITHUB_API_URL=http://127.0.0.1:5000/github/|GH_PAT=", "")]
    public async Task Should_use_each_token_once(string settings, string tokens)
    {
        await using var services = Services(settings);

        var known = services.GetRequiredService<IAccounts>().Known;

        var headers = await Task.WhenAll(
            known.Select(async x => (await x.Credential.GetHeaderAsync(TestContext.Current.CancellationToken))?.Parameter)
        );
        string.Join(' ', headers).ShouldBe(tokens);
    }

    [Theory]
    [InlineData("GH_APP_PRIVATE_KEY=KEY")]
    [InlineData("GH_APP_PRIVATE_KEY=PKCS8")]
    [InlineData("GH_APP_PRIVATE_KEY=ONE_LINE")]
    [InlineData("GH_APP_PRIVATE_KEY_FILE=FILE")]
    public void Should_accept_an_App_key_in_every_format(string settings)
    {
        using var services = Services("GH_APP_ID=Iv23liABC|" + settings);

        services.GetRequiredService<IStartupValidator>().Validate();
        services
            .GetRequiredService<IAccounts>()
            .Known.ShouldHaveSingleItem()
            .Credential.ShouldBeOfType<AppCredential>()
            .Name.ShouldBe(
                CredentialName.Of($"app:Iv23liABC:{Convert.ToHexStringLower(SHA256.HashData(_key.ExportSubjectPublicKeyInfo()))}")
            );
    }

    ServiceProvider Services(string settings)
    {
        var file = Path.Combine(_directory.Path, "app.pem");
        File.WriteAllText(file, _key.ExportRSAPrivateKeyPem() + "\n");
        var all = settings
            .Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(setting => setting.Split('=', 2))
            .ToDictionary(
                setting => setting[0],
                string? (setting) =>
                    setting[1] switch
                    {
                        "KEY" => _key.ExportRSAPrivateKeyPem(),
                        "PKCS8" => _key.ExportPkcs8PrivateKeyPem(),
                        "ONE_LINE" => _key.ExportRSAPrivateKeyPem().Replace("\n", "\\n", StringComparison.Ordinal),
                        "PUBLIC" => _key.ExportSubjectPublicKeyInfoPem(),
                        "FILE" => file,
                        var value => value,
                    }
            );
        return new ServiceCollection()
            .AddLogging()
            .AddGitHubClient(new ConfigurationBuilder().AddInMemoryCollection(all).Build())
            .BuildServiceProvider();
    }
}
