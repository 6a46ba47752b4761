namespace Monarch.Bridge.Status;

/// <summary>Whether GitHub accepts a credential.</summary>
enum CredentialStatus
{
    /// <summary>GitHub accepts it.</summary>
    Working = 0,

    /// <summary>GitHub refused it: no request is sent with it until it is replaced or accepted again.</summary>
    Parked = 1,
}
