namespace Monarch.Contracts.Deployments;

/// <summary>The statuses of an issue that have servers: an issue that is moved to one of them is to be deployed there.</summary>
public enum IssueStatus
{
    /// <summary>To be reviewed by its developers.</summary>
    Stage,

    /// <summary>To be tested.</summary>
    Test,

    /// <summary>To be tried by users.</summary>
    Beta,
}
