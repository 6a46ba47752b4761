namespace Monarch.Sandbox.Admin;

/// <summary>What <c>GET /admin/</c> says.</summary>
static class AdminHelp
{
    public const string Text =
        """
        Monarch sandbox: a simulated GitHub (/github/) and Slack (/slack/api/). All bodies are JSON, camelCase; unknown names are refused.

        POST   /admin/seed                          {"repositories": [{"fullName": "o/r", "issues": [{"title": "...", "body": "...", "state": "open",
                                                     "isPullRequest": false, "user": "octocat", "createdAt": "...", "labels": [], "milestone": null}],
                                                     "generateIssues": 30, "generateClosedIssues": 5, "generatePullRequests": 3, ...flags}]}
        GET    /admin/repositories                  every repository: id, name, count, highest number of creations at once
        GET    /admin/repositories/{owner}/{repo}   and its issues in the order of creation
        PATCH  /admin/repositories/{owner}/{repo}   flags: private, archived, disabled, hasIssues, takenDown, missing, issuesWritable,
                                                     permission (none|pull|triage|push|maintain|admin), rejectedTitles
        DELETE /admin/repositories/{owner}/{repo}/issues/{number}   deletes an issue: listings leave it out, and asking for it answers 410
        POST   /admin/rename                        {"from": "o/r", "to": "o2/r2"}: the old name answers 301 (reads) or 307 (writes)
        GET    /admin/requests                      counts by kind and status, concurrency, creations, violations of limits
        GET    /admin/slack                         every message with every edit
        GET    /admin/limits   PUT /admin/limits    all limits at once; what is left out is off
        GET    /admin/faults   PUT /admin/faults    latency and faults, all at once; what is left out is off
        POST   /admin/faults                        scripts: [{"method": "POST", "path": "/repos/o/r/issues$", "count": 1, "carryOut": true,
                                                     "ending": "Answer|Cut|CutBody|Hang|Genuine", "status": 502, "body": "...", "headers": {}, "delayMilliseconds": 0}]
        DELETE /admin/faults                        forgets the scripts and switches every fault off
        POST   /admin/reset                         back to the repositories of the start, nothing counted, no limits, no faults

        """;
}
