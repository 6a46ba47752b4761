namespace Monarch.Sandbox.Model;

/// <summary>A registered GitHub App. It authenticates with a JWT that it signs; its installations use tokens issued by GitHub.</summary>
public sealed class SandboxApp
{
    /// <summary>The App's id, as in the claim <c>iss</c>.</summary>
    public long Id { get; set; } = 1_001;

    /// <summary>The App's name in addresses; its issues are authored by <c>{slug}[bot]</c>. Default <c>monarch</c>.</summary>
    public string Slug { get; set; } = "monarch";

    /// <summary>The key that verifies the App's JWTs, as PEM; the private key, which contains it, is accepted too.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary>The lifetime of an installation's token, in seconds. Default 3600, as with GitHub.</summary>
    public int TokenSeconds { get; set; } = 3_600;

    /// <summary>Its installations; none by default.</summary>
    public IList<SandboxInstallation> Installations { get; set; } = [];
}
