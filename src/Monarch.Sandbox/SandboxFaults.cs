namespace Monarch.Sandbox;

/// <summary>
/// Latency and faults, each off by default; they may be changed while the sandbox runs. A probability is between 0 and 1.
/// For one certain fault at one certain request use a <see cref="ScriptedAnswer"/>.
/// </summary>
public sealed class SandboxFaults
{
    /// <summary>How long every answer takes, in milliseconds. The work is done at the end of it, whether or not the caller still waits.</summary>
    public int LatencyMilliseconds { get; set; }

    /// <summary>By how much the listings of issues lag behind creations, in milliseconds. Reading one issue never lags.</summary>
    public int ListingLagMilliseconds { get; set; }

    /// <summary>How often a page of a listing of issues is empty, whatever there is. The count of open issues is right.</summary>
    public double EmptyListings { get; set; }

    /// <summary>After how many created issues GitHub holds every further creation, until this is changed; null (the default): it holds none.</summary>
    public int? HoldAfterCreations { get; set; }

    /// <summary>Whether GitHub answers 503 to everything, until this is false again.</summary>
    public bool Outage { get; set; }

    /// <summary>The GitHub tokens that were revoked: whoever uses one gets 401, whatever else is known of it.</summary>
    public IList<string> RevokedTokens { get; set; } = [];

    /// <summary>Whether Slack answers 503 to everything, until this is false again.</summary>
    public bool SlackOutage { get; set; }

    /// <summary>How often an issue is created and the answer is 502 all the same.</summary>
    public double CreatedThenBadGateway { get; set; }

    /// <summary>How often an issue is created and the connection is cut without an answer.</summary>
    public double CreatedThenCut { get; set; }

    /// <summary>How often an issue is created and no answer ever comes.</summary>
    public double CreatedThenHang { get; set; }

    /// <summary>How often any request is answered 500, 502 or 503 and nothing is done.</summary>
    public double ServerErrors { get; set; }

    /// <summary>How often any request is refused by a secondary rate limit and nothing is done.</summary>
    public double Throttles { get; set; }

    /// <summary>How often a creation is refused with 422 for its pace, as <c>was submitted too quickly</c>, and nothing is created.</summary>
    public double PaceRefusals { get; set; }

    /// <summary>How often a repository, or what is in it, is not found (404) although it is there.</summary>
    public double NotFounds { get; set; }

    /// <summary>The <c>Retry-After</c> of <see cref="Throttles"/>, in seconds; null: none is sent. Default 60.</summary>
    public int? ThrottleRetryAfterSeconds { get; set; } = 60;

    /// <summary>Where the random numbers begin, so that a run can be repeated. Default 1.</summary>
    public int Seed { get; set; } = 1;
}
