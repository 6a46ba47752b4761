namespace Monarch.Sandbox.GitHub;

/// <summary>The permission of an account in a repository; each includes the previous ones.</summary>
enum Permission
{
    None,
    Pull,
    Triage,
    Push,
    Maintain,
    Admin,
}
