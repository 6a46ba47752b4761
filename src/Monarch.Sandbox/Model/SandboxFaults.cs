namespace Monarch.Sandbox.Model;

/// <summary>
/// Latency and faults, each off by default; they can be changed while the sandbox is in use. A probability is between 0 and 1.
/// For a specific fault of a specific request use a <see cref="ScriptedAnswer"/>.
/// </summary>
public sealed class SandboxFaults
{
    /// <summary>The latency of every answer, in milliseconds. Then the request is carried out, even if the caller disconnected.</summary>
    public int LatencyMilliseconds { get; set; }

    /// <summary>The lag of listings in repositories behind creations, in milliseconds. Reading a single issue never lags.</summary>
    public int ListingLagMilliseconds { get; set; }

    /// <summary>The probability that a page of a listing in a repository is empty although it has entries; the count of issues is correct.</summary>
    public double EmptyListings { get; set; }

    /// <summary>
    /// The number of created issues after which GitHub holds further creations, also of comments, until this is changed; null (the default): never.
    /// </summary>
    public int? HoldAfterCreations { get; set; }

    /// <summary>Whether GitHub answers 503 to every request.</summary>
    public bool Outage { get; set; }

    /// <summary>The revoked GitHub tokens: they are answered with 401 even if they are in <see cref="SandboxOptions.Tokens"/>.</summary>
    public IList<string> RevokedTokens { get; set; } = [];

    /// <summary>Whether Slack answers 503 to every request.</summary>
    public bool SlackOutage { get; set; }

    /// <summary>The probability that an issue is created, or another write to a repository is carried out, and the answer is 502.</summary>
    public double CreatedThenBadGateway { get; set; }

    /// <summary>The probability that a write is carried out and the connection is closed without an answer.</summary>
    public double CreatedThenCut { get; set; }

    /// <summary>The probability that a write is carried out and no answer is sent.</summary>
    public double CreatedThenHang { get; set; }

    /// <summary>The probability that a request is not carried out and is answered with 500, 502 or 503.</summary>
    public double ServerErrors { get; set; }

    /// <summary>The probability that a request is refused by a secondary rate limit.</summary>
    public double Throttles { get; set; }

    /// <summary>The probability that the creation of an issue or a comment is refused with 422 for its pace, as <c>was submitted too quickly</c>.</summary>
    public double PaceRefusals { get; set; }

    /// <summary>The probability that an existing repository, or an issue in it, answers 404.</summary>
    public double NotFounds { get; set; }

    /// <summary>The <c>Retry-After</c> of <see cref="Throttles"/>, in seconds; null: no header. Default 60.</summary>
    public int? ThrottleRetryAfterSeconds { get; set; } = 60;

    /// <summary>The seed of the random numbers, which makes faults repeatable. Default 1.</summary>
    public int Seed { get; set; } = 1;
}
