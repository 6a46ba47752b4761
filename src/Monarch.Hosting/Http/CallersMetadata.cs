namespace Monarch.Hosting.Http;

/// <summary>Says who may call an endpoint, where that is not the same as for the other endpoints of its listener.</summary>
sealed record CallersMetadata(Callers Callers);

/// <summary>Who may call.</summary>
enum Callers
{
    /// <summary>Callers that have the key; without a key, programs of this machine.</summary>
    WithKeyOrLocal,

    /// <summary>These, and those of trusted networks.</summary>
    Trusted,

    /// <summary>All: the endpoint itself authenticates them.</summary>
    All,
}
