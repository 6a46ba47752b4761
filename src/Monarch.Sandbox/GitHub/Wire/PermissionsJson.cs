namespace Monarch.Sandbox.GitHub.Wire;

sealed record PermissionsJson(bool Admin, bool Maintain, bool Push, bool Triage, bool Pull)
{
    public static PermissionsJson Of(Permission permission) => new(
        permission >= Permission.Admin,
        permission >= Permission.Maintain,
        permission >= Permission.Push,
        permission >= Permission.Triage,
        permission >= Permission.Pull);
}
