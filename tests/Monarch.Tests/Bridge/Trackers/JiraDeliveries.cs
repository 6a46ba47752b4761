namespace Monarch.Tests.Bridge.Trackers;

/// <summary>Deliveries of Jira, from its documentation and from captures, without irrelevant fields.</summary>
static class JiraDeliveries
{
    /// <summary>A move to Test at the start of <see cref="FakeTime"/>, as Cloud sends it.</summary>
    public const string Cloud = """
        {
          "timestamp": 1773133200000,
          "webhookEvent": "jira:issue_updated",
          "issue_event_type_name": "issue_generic",
          "user": { "self": "https://school.atlassian.net/rest/api/2/user?accountId=5b10", "accountId": "5b10", "displayName": "Ada", "active": true },
          "issue": {
            "id": "10002",
            "self": "https://school.atlassian.net/rest/api/2/10002",
            "key": "ABC-123",
            "fields": { "summary": "It should; rm -rf /", "status": { "id": "10034", "name": "Test", "statusCategory": { "key": "indeterminate" } } }
          },
          "changelog": {
            "id": "10124",
            "items": [
              { "field": "assignee", "fieldtype": "jira", "fieldId": "assignee", "from": null, "fromString": null, "to": "5b10", "toString": "Ada" },
              { "field": "status", "fieldtype": "jira", "fieldId": "status", "from": "3", "fromString": "In Progress", "to": "10034", "toString": "Test" }
            ]
          }
        }
        """;

    /// <summary>The same from a Data Center, which names no field ids.</summary>
    public const string DataCenter = """
        {
          "timestamp": 1773133200000,
          "webhookEvent": "jira:issue_updated",
          "user": { "name": "ada", "key": "ada", "emailAddress": "ada@school.example" },
          "issue": { "id": "25201", "key": "ABC-123", "fields": { "status": { "id": "10034", "name": "Test" } } },
          "changelog": { "id": "30001", "items": [{ "field": "status", "fieldtype": "jira", "from": "3", "fromString": "In Progress", "to": "10034", "toString": "Test" }] }
        }
        """;

    /// <summary>
    /// "Issue data (Automation format)" of the automation's action "Send web request": numbers as ids, and a changelog without items.
    /// </summary>
    public const string Automation = """
        {
          "self": "https://school.atlassian.net/rest/api/2/issue/11111",
          "id": 11111,
          "key": "ABC-123",
          "changelog": { "startAt": 0, "maxResults": 0, "total": 0, "histories": null },
          "fields": { "summary": "It should", "status": { "self": "https://school.atlassian.net/rest/api/2/status/10034", "id": 10034, "name": "Test" } }
        }
        """;

    /// <summary>What the automation of a service desk sends.</summary>
    public const string ServiceDesk = """
        { "issue": { "id": "18001", "key": "ABC-123", "fields": { "status": { "id": "10034", "name": "Test" } } }, "timestamp": 1773133200000 }
        """;

    /// <summary>A rule that collects issues.</summary>
    public const string Collected = """
        { "issues": [{ "key": "ABC-123", "fields": { "status": { "name": "Test" } } }, { "key": "ABC-124", "fields": { "status": { "name": "Done" } } }, { "key": "XYZ-5", "fields": { "status": { "name": "Beta" } } }] }
        """;
}
