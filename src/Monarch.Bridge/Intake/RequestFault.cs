namespace Monarch.Bridge.Intake;

/// <summary>One fault of a request.</summary>
/// <param name="Field">The field; logs contain only this part, since the problem may quote the request.</param>
/// <param name="Problem">The problem and the remedy.</param>
sealed record RequestFault(string Field, string Problem)
{
    public override string ToString() => $"{Field} {Problem}";
}
