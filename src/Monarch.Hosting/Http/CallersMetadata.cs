namespace Monarch.Hosting.Http;

/// <summary>The permitted callers of an endpoint, if they differ from those of its listener.</summary>
sealed record CallersMetadata(Callers Callers);

/// <summary>The permitted callers of an endpoint.</summary>
enum Callers
{
    /// <summary>Callers that have the key; without a key, programs of this machine.</summary>
    WithKeyOrLocal,

    /// <summary>The same, and callers in trusted networks.</summary>
    Trusted,

    /// <summary>All callers: the endpoint authenticates them itself.</summary>
    All,
}
