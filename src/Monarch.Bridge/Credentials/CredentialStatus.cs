namespace Monarch.Bridge.Credentials;

/// <summary>Whether GitHub takes a credential.</summary>
enum CredentialStatus
{
    /// <summary>GitHub takes it.</summary>
    Working = 0,

    /// <summary>GitHub refused it: nothing is asked with it until it is replaced, or taken again.</summary>
    Parked = 1,
}
