namespace Monarch.Sandbox.GitHub;

/// <summary>What an account may do in a repository; each includes those before it.</summary>
enum Permission
{
    None,
    Pull,
    Triage,
    Push,
    Maintain,
    Admin,
}
