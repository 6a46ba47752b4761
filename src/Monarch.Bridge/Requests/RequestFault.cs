namespace Monarch.Bridge.Requests;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">Where it is; logs say this much and no more, since the rest may quote what was sent.</param>
/// <param name="Problem">What it is, and the remedy.</param>
sealed record RequestFault(string Field, string Problem)
{
    public override string ToString() => $"{Field} {Problem}";
}
