namespace Monarch.Contracts;

/// <summary>The queues that commands are sent to. A name is a wire address: changing one strands the messages in the old queue.</summary>
public static class EndpointNames
{
    /// <summary>The saga of one migration.</summary>
    public const string MigrationBatch = "migration-batch";

    /// <summary>The saga of one repository migration.</summary>
    public const string RepositoryMigration = "repository-migration";

    /// <summary>The saga that updates a migration's Slack message.</summary>
    public const string SlackNotification = "slack-notification";

    /// <summary>Reads a source repository into a snapshot.</summary>
    public const string ReadSourceIssues = "read-source-issues";

    /// <summary>Looks up which repository a target's name refers to.</summary>
    public const string ResolveTarget = "resolve-target";

    /// <summary>Reads which copies a target holds already.</summary>
    public const string PrepareTarget = "prepare-target";

    /// <summary>Creates issues in a target.</summary>
    public const string CreateIssues = "create-issues";

    /// <summary>Finishes copies: references, sub-issues, dependencies, the closed state.</summary>
    public const string FinishIssues = "finish-issues";

    /// <summary>The saga of one dry run.</summary>
    public const string DryRun = "dry-run";

    /// <summary>Finds out what a migration would do in a target.</summary>
    public const string PlanTarget = "plan-target";

    /// <summary>Posts to Slack.</summary>
    public const string PostToSlack = "post-to-slack";

    /// <summary>Removes saved entries from the Bridge's intake stream.</summary>
    public const string Intake = "intake";

    /// <summary>Updates the read model of the API and the pages.</summary>
    public const string StatusProjection = "status-projection";

    /// <summary>Stores the results of dry runs for the API.</summary>
    public const string DryRunProjection = "dry-run-projection";

    /// <summary>Stores the workers' reports of their credentials.</summary>
    public const string CredentialProjection = "credential-projection";

    /// <summary>The saga of one server: receives moves of issues, from the Bridge and from other services on the bus.</summary>
    public const string ServerDeployment = "server-deployment";

    /// <summary>Runs deployment commands.</summary>
    public const string RunDeployment = "run-deployment";

    /// <summary>The saga that posts to Slack about a server.</summary>
    public const string DeploymentNotices = "deployment-notices";

    /// <summary>Updates the views of servers, and removes saved entries from the Bridge's stream of moves.</summary>
    public const string ServerProjection = "server-projection";

    /// <summary>Translates Monarch's own events for auditors and foreign consumers.</summary>
    public const string Lifecycle = "lifecycle";

    /// <summary>
    /// The short address of a queue, the same on every transport; <c>queue:</c> would declare a classic queue on RabbitMQ.
    /// </summary>
    /// <param name="endpointName">One of the names above.</param>
    public static Uri Address(string endpointName) => new($"exchange:{endpointName}");
}
