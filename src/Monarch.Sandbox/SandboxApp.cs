namespace Monarch.Sandbox;

/// <summary>A GitHub App that GitHub knows. It signs in with a token (JWT) that it has signed itself, and each of its installations with one that GitHub gave.</summary>
public sealed class SandboxApp
{
    /// <summary>The App's id, as in the claim <c>iss</c>.</summary>
    public long Id { get; set; } = 1_001;

    /// <summary>The App's name in addresses; what it writes is by <c>monarch[bot]</c> then. Default <c>monarch</c>.</summary>
    public string Slug { get; set; } = "monarch";

    /// <summary>The key that verifies what the App has signed, as PEM; the private key, which holds it, will do too.</summary>
    public string PublicKey { get; set; } = "";

    /// <summary>For how many seconds an installation's token is good. Default 3600, as with GitHub.</summary>
    public int TokenSeconds { get; set; } = 3_600;

    /// <summary>Where it is installed; nowhere by default.</summary>
    public IList<SandboxInstallation> Installations { get; set; } = [];
}
