namespace Monarch.Sandbox.Admin;

/// <summary>The text of <c>GET /admin/</c>.</summary>
static class AdminHelp
{
    public const string Text = """
        Monarch sandbox: a simulated GitHub (/github/) and Slack (/slack/api/). All bodies are JSON, camelCase; unknown properties are rejected.

        POST   /admin/seed                          {"organisations": [{"login": "o", "issueTypes": [{"name": "Bug", "color": "red"}]}],
                                                     "repositories": [{"fullName": "o/r", "labels": [{"name": "bug", "color": "d73a4a", "description": "..."}],
                                                     "milestones": [{"title": "M1", "description": "...", "state": "open", "dueOn": "..."}], "assignees": null,
                                                     "issues": [{"title": "...", "body": "...", "state": "open", "stateReason": null, "isPullRequest": false,
                                                     "user": "octocat", "createdAt": "...", "labels": [], "milestone": null, "type": null, "assignees": [],
                                                     "locked": false, "comments": [{"user": "octocat", "body": "...", "createdAt": "..."}],
                                                     "subIssues": [2, 3], "blockedBy": [4]}],
                                                     "generateIssues": 30, "generateClosedIssues": 5, "generatePullRequests": 3, ...flags}]}
        GET    /admin/repositories                  all repositories: id, name, count, highest number of concurrent creations
        GET    /admin/repositories/{owner}/{repo}   one repository with its labels, milestones and issues in order of creation
        PATCH  /admin/repositories/{owner}/{repo}   flags: private, archived, disabled, hasIssues, takenDown, missing, issuesWritable,
                                                     permission (none|pull|triage|push|maintain|admin), rejectedTitles
        DELETE /admin/repositories/{owner}/{repo}/issues/{number}   deletes an issue: listings omit it, and reading it answers 410
        POST   /admin/rename                        {"from": "o/r", "to": "o2/r2"}: the old name answers 301 (reads) or 307 (writes)
        GET    /admin/requests                      counts by kind and status, concurrency, creations, violations of limits
        GET    /admin/slack                         all messages with their edits
        GET    /admin/limits   PUT /admin/limits    all limits; omitted ones are off
        GET    /admin/faults   PUT /admin/faults    latency and faults; omitted ones are off
        POST   /admin/faults                        scripts: [{"method": "POST", "path": "/repos/o/r/issues$", "count": 1, "carryOut": true,
                                                     "ending": "Answer|Cut|CutBody|Hang|Genuine", "status": 502, "body": "...", "headers": {}, "delayMilliseconds": 0}]
        DELETE /admin/faults                        removes all scripts and turns off all faults
        POST   /admin/reset                         restores the initial repositories; clears counts, limits and faults

        """;
}
