extension StateTests {
    /// The same for every other connector whose payloads tell more than what customers wrote.
    static let furtherCases: [Case] = [
        Case(
            connector: "zendesk",
            payload: """
                {"ticket":{"id":5,"requester_id":11,"submitter_id":11,"description":"v:0.5 thanks","created_at":"2026-02-03T09:14:07Z"},\
                "comments":[{"id":1,"type":"Comment","author_id":11,"plain_body":"v:0.5 thanks","public":true,\
                "created_at":"2026-02-03T09:14:07Z"},{"id":2,"type":"Comment","author_id":12,"plain_body":"v:-1 agent","public":true,\
                "created_at":"2026-02-03T09:15:07Z"},{"id":3,"type":"Comment","author_id":12,"plain_body":"v:-1 note","public":false,\
                "created_at":"2026-02-03T09:16:07Z"},{"id":4,"type":"Comment","author_id":11,"plain_body":"v:-1 forwarded as a note",\
                "public":false,"created_at":"2026-02-03T09:16:17Z"},{"id":6,"type":"Comment","author_id":-1,"plain_body":"v:-1 system",\
                "public":true,"created_at":"2026-02-03T09:17:07Z"}],"users":[{"id":11,"role":"end-user","name":"Priya"},{"id":12,\
                "role":"agent","name":"Ana"}]}
                {"ticket_events":[{"id":7,"ticket_id":5,"timestamp":1770110000,"updater_id":11,"child_events":[{"id":8,"event_type":"Comment",\
                "body":"v:-1 event's note","public":false},{"id":9,"event_type":"Change","status":"open"}]}],"end_of_stream":true}
                """),
        Case(
            connector: "sunshine",
            payload: """
                {"app":{"id":"a"},"webhook":{"id":"w","version":"v2"},"events":[{"id":"1","createdAt":"2026-02-03T09:14:07Z",\
                "type":"conversation:message","payload":{"conversation":{"id":"c"},"message":{"id":"1","received":"2026-02-03T09:14:07Z",\
                "author":{"userId":"u","type":"user"},"content":{"type":"text","text":"v:0.5 thanks"},"source":{"type":"web"}}}},{"id":"2",\
                "createdAt":"2026-02-03T09:15:07Z","type":"conversation:message","payload":{"conversation":{"id":"c"},"message":{"id":"2",\
                "received":"2026-02-03T09:15:07Z","author":{"type":"business"},"content":{"type":"text","text":"v:-1 agent"},\
                "source":{"type":"zd:agentWorkspace"}}}},{"id":"3","createdAt":"2026-02-03T09:16:07Z","type":"conversation:message",\
                "payload":{"conversation":{"id":"c"},"message":{"id":"3","received":"2026-02-03T09:16:07Z","author":{"type":"business"},\
                "content":{"type":"text","text":"v:-1 bot"},"source":{"type":"zd:answerBot"}}}},{"id":"4","createdAt":"2026-02-03T09:17:07Z",\
                "type":"conversation:read","payload":{"conversation":{"id":"c"},"user":{"id":"u"}}}]}
                """),
        Case(
            connector: "intercom",
            payload: """
                {"type":"conversation","id":"471","created_at":1770109747,"source":{"type":"conversation","id":"403",\
                "body":"<p>v:0.5 thanks</p>","author":{"type":"user","id":"user"}},\
                "conversation_parts":{"conversation_parts":[{"type":"conversation_part","id":"1","part_type":"comment",\
                "body":"<p>v:-1 agent</p>","created_at":1770109751,"author":{"type":"admin","id":"admin"}},{"type":"conversation_part",\
                "id":"2","part_type":"note","body":"<p>v:-1 note</p>","created_at":1770109752,"author":{"type":"admin",\
                "id":"admin"}},{"type":"conversation_part","id":"3","part_type":"comment","body":"<p>v:-1 bot</p>","created_at":1770109753,\
                "author":{"type":"bot","id":"bot"}},{"type":"conversation_part","id":"4","part_type":"conversation_attribute_updated_by_admin",\
                "body":"<p>v:-1 attribute</p>","created_at":1770109754,"author":{"type":"bot","id":"bot"}},{"type":"conversation_part",\
                "id":"5","part_type":"comment","body":"<p>v:-1 team</p>","created_at":1770109755,"author":{"type":"team",\
                "id":"team"}},{"type":"conversation_part","id":"6","part_type":"note_and_reopen","body":"<p>v:-1 second note</p>",\
                "created_at":1770109756,"author":{"type":"admin","id":"admin"}}]}}
                """),
        Case(
            connector: "freshdesk",
            payload: """
                {"ticket":{"id":20,"description_text":"v:0.5 thanks","requester_id":43,"responder_id":7,"source":1,\
                "created_at":"2026-02-03T09:14:07Z"},"conversations":[{"id":1,"body_text":"v:-1 agent","incoming":false,"private":false,\
                "user_id":7,"created_at":"2026-02-03T09:15:01Z"},{"id":2,"body_text":"v:-1 note","incoming":false,"private":true,"user_id":7,\
                "created_at":"2026-02-03T09:15:02Z"},{"id":3,"body_text":"v:-1 automation","incoming":false,"private":false,"user_id":null,\
                "created_at":"2026-02-03T09:15:03Z"},{"id":4,"body_text":"v:-1 incoming note","incoming":true,"private":true,"user_id":43,\
                "created_at":"2026-02-03T09:15:04Z"}]}
                """),
        Case(
            connector: "front",
            payload: """
                {"id":"evt_1","type":"inbound","emitted_at":1770109748.5,"conversation":{"id":"cnv_1"},"target":{"data":{"id":"msg_1",\
                "type":"email","is_inbound":true,"created_at":1770109748.5,"text":"v:0.5 thanks","recipients":[{"handle":"p@mail.example",\
                "role":"from"}]}}}
                {"id":"evt_2","type":"outbound","emitted_at":1770109749.5,"conversation":{"id":"cnv_1"},"target":{"data":{"id":"msg_2",\
                "type":"email","is_inbound":false,"created_at":1770109749.5,"text":"v:-1 agent","recipients":[{"handle":"help@shop.example",\
                "role":"from"}],"author":{"id":"tea_1","email":"a@shop.example"}}}}
                {"id":"evt_3","type":"comment","emitted_at":1770109750.5,"conversation":{"id":"cnv_1"},"target":{"_meta":{"type":"comment"},\
                "data":{"id":"com_1","body":"v:-1 note","posted_at":1770109760.5,"author":{"id":"tea_1"}}}}
                {"id":"evt_4","type":"archive","emitted_at":1770109770.5,"conversation":{"id":"cnv_1"}}
                """),
        Case(
            connector: "salesforce",
            payload: """
                {"attributes":{"type":"EmailMessage","url":"/x"},"Id":"02s5e000001AbCdAAK","ParentId":"5005e000001XyZaAAK",\
                "FromAddress":"p@mail.example","TextBody":"v:0.5 thanks","Incoming":true,"MessageDate":"2026-02-03T09:14:07.000+0000"}
                {"attributes":{"type":"EmailMessage","url":"/x"},"Id":"02s5e000001AbCeAAK","ParentId":"5005e000001XyZaAAK",\
                "FromAddress":"help@shop.example","TextBody":"v:-1 agent","Incoming":false,"MessageDate":"2026-02-03T09:15:07.000+0000"}
                {"attributes":{"type":"CaseComment","url":"/x"},"Id":"00a5e000001AbCdAAK","ParentId":"5005e000001XyZaAAK",\
                "CommentBody":"v:-1 note","IsPublished":false,"CreatedById":"0055e000001QrStAAK","CreatedDate":"2026-02-03T09:16:07.000+0000"}
                """),
        Case(
            connector: "twilio",
            payload: """
                {"messages":[{"sid":"SM1","account_sid":"AC1","body":"v:0.5 thanks","direction":"inbound","from":"+447700900123",\
                "to":"+15550100200","date_sent":"Tue, 03 Feb 2026 09:14:07 +0000"},{"sid":"SM2","account_sid":"AC1","body":"v:-1 agent",\
                "direction":"outbound-api","from":"+15550100200","to":"+447700900123","date_sent":"Tue, 03 Feb 2026 09:15:07 +0000"}]}
                """),
        Case(
            connector: "contact-lens",
            payload: """
                {"Version":"1.1.0","Channel":"CHAT","CustomerMetadata":{"ContactId":"c","InstanceId":"i"},"Participants":[],\
                "Transcript":[{"Id":"1","AbsoluteTime":"2026-02-03T09:14:01.000Z","Content":"v:0.5 thanks","ContentType":"text/plain",\
                "ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER","Type":"MESSAGE","Sentiment":"NEGATIVE"},{"Id":"2",\
                "AbsoluteTime":"2026-02-03T09:14:02.000Z","Content":"v:-1 agent","ContentType":"text/plain","ParticipantId":"AGENT",\
                "ParticipantRole":"AGENT","Type":"MESSAGE"},{"Id":"3","AbsoluteTime":"2026-02-03T09:14:03.000Z","Content":"v:-1 bot",\
                "ContentType":"text/plain","ParticipantId":"CUSTOM_BOT","ParticipantRole":"CUSTOM_BOT","Type":"MESSAGE"},{"Id":"4",\
                "AbsoluteTime":"2026-02-03T09:14:04.000Z","Content":"v:-1 system","ContentType":"text/plain","ParticipantId":"SYSTEM",\
                "ParticipantRole":"SYSTEM","Type":"MESSAGE"},{"Id":"5","AbsoluteTime":"2026-02-03T09:14:05.000Z","Content":"v:-1 supervisor",\
                "ContentType":"text/plain","ParticipantId":"SUPERVISOR","ParticipantRole":"SUPERVISOR","Type":"MESSAGE"},{"Id":"6",\
                "AbsoluteTime":"2026-02-03T09:14:06.000Z","Content":null,"ContentType":"application/vnd.amazonaws.connect.event.typing",\
                "ParticipantId":"CUSTOMER","ParticipantRole":"CUSTOMER","Type":"EVENT"}]}
                """),
        Case(
            connector: "signal-export",
            payload: """
                [2026-02-03 09:14:07] Priya: v:0.5 thanks
                [2026-02-03 09:15:07] Me: v:-1 agent
                [2026-02-03 09:16:07] No-Sender: Group was updated v:-1
                [2026-02-03 09:17:07] Priya: Incoming voice call (accepted, 2m 3s)
                """),
        Case(
            connector: "telegram-export",
            payload: """
                {"name":"Priya","type":"personal_chat","id":5001,"messages":[{"id":1,"type":"message","date":"2026-02-03T10:14:07",\
                "date_unixtime":"1770109747","from":"Priya","from_id":"user5001","text":"v:0.5 thanks"},{"id":2,"type":"message",\
                "date":"2026-02-03T10:15:07","date_unixtime":"1770109807","from":"Shop","from_id":"user42","text":"v:-1 agent"},{"id":3,\
                "type":"service","date":"2026-02-03T10:16:07","date_unixtime":"1770109867","actor":"Priya","action":"phone_call",\
                "text":"v:-1 call"}]}
                """, configuration: #"{"agentNames":["Shop"]}"#),
        Case(
            connector: "discord-export",
            payload: """
                {"guild":{"id":"1","name":"G"},"channel":{"id":"2","name":"help"},"messages":[{"id":"1","type":"Default",\
                "timestamp":"2026-02-03T09:14:01Z","content":"v:0.5 thanks","author":{"id":"77","name":"priya","isBot":false,"roles":[]},\
                "attachments":[],"embeds":[],"stickers":[]},{"id":"2","type":"Default","timestamp":"2026-02-03T09:14:02Z",\
                "content":"v:-1 agent","author":{"id":"42","name":"ana","isBot":false,"roles":[{"id":"1","name":"Support"}]},"attachments":[],\
                "embeds":[],"stickers":[]},{"id":"3","type":"Default","timestamp":"2026-02-03T09:14:03Z","content":"v:-1 bot",\
                "author":{"id":"43","name":"bot","isBot":true,"roles":[]},"attachments":[],"embeds":[],"stickers":[]},{"id":"4",\
                "type":"GuildMemberJoin","timestamp":"2026-02-03T09:14:04Z","content":"v:-1 joined","author":{"id":"77","name":"priya",\
                "isBot":false,"roles":[]},"attachments":[],"embeds":[],"stickers":[]}],"messageCount":4}
                """, configuration: #"{"agentRoleNames":["Support"]}"#),
        Case(
            connector: "meta-export",
            payload: """
                {"participants":[{"name":"Priya"},{"name":"Shop"}],"messages":[{"sender_name":"Shop","timestamp_ms":1770109757000,\
                "content":"v:-1 agent"},{"sender_name":"Priya","timestamp_ms":1770109747000,"content":"v:0.5 thanks"}],"title":"Priya",\
                "thread_path":"inbox/priya_1"}
                """, configuration: #"{"agentNames":["Shop"]}"#),
        Case(
            connector: "x",
            payload: """
                {"for_user_id":"42","tweet_create_events":[{"id_str":"1890000000000000001","text":"v:0.5 thanks",\
                "created_at":"Tue Feb 03 09:14:07 +0000 2026","user":{"id_str":"77","screen_name":"u77"}},{"id_str":"1890000000000000002",\
                "text":"v:-1 agent","created_at":"Tue Feb 03 09:14:07 +0000 2026","user":{"id_str":"42","screen_name":"u42"}}]}
                """),
        Case(
            connector: "youtube",
            payload: """
                {"kind":"youtube#commentThreadListResponse","items":[{"id":"T1","snippet":{"channelId":"UCshop","videoId":"V",\
                "topLevelComment":{"id":"T1","snippet":{"textOriginal":"v:0.5 thanks","textDisplay":"v:0.5 thanks","authorDisplayName":"@a",\
                "authorChannelId":{"value":"UCpriya"},"publishedAt":"2026-02-03T09:14:07Z","updatedAt":"2026-02-03T09:14:07Z"}}},\
                "replies":{"comments":[{"id":"T1.R","snippet":{"textOriginal":"v:-1 agent","textDisplay":"v:-1 agent","authorDisplayName":"@a",\
                "authorChannelId":{"value":"UCshop"},"publishedAt":"2026-02-03T09:14:07Z","updatedAt":"2026-02-03T09:14:07Z"}}]}}]}
                """),
        Case(
            connector: "reddit",
            payload: """
                {"kind":"Listing","data":{"children":[{"kind":"t1","data":{"name":"t1_a","id":"a","link_id":"t3_p","parent_id":"t3_p",\
                "body":"v:0.5 thanks","author":"priya","created_utc":1770109747.0,"edited":false,"replies":""}},{"kind":"t1",\
                "data":{"name":"t1_b","id":"b","link_id":"t3_p","parent_id":"t3_p","body":"v:-1 bot","author":"AutoModerator",\
                "created_utc":1770109747.0,"edited":false,"replies":""}},{"kind":"t1","data":{"name":"t1_c","id":"c","link_id":"t3_p",\
                "parent_id":"t3_p","body":"v:-1 agent","author":"harbour","created_utc":1770109747.0,"edited":false,"replies":""}}]}}
                """, configuration: #"{"agentNames":["harbour"]}"#),
        Case(
            connector: "mastodon",
            payload: """
                [{"id":"1","created_at":"2026-02-03T09:14:07Z","content":"<p>v:0.5 thanks</p>","visibility":"public","account":{"id":"priya",\
                "acct":"priya","username":"priya","bot":false}},{"id":"2","created_at":"2026-02-03T09:14:07Z","content":"<p>v:-1 bot</p>",\
                "visibility":"public","account":{"id":"robot","acct":"robot","username":"robot","bot":true}},{"id":"3",\
                "created_at":"2026-02-03T09:14:07Z","content":"<p>v:-1 agent</p>","visibility":"public","account":{"id":"shop","acct":"shop",\
                "username":"shop","bot":false}}]
                """, configuration: #"{"agentNames":["shop"]}"#),
        Case(
            connector: "google-play",
            payload: """
                {"reviews":[{"reviewId":"r","authorName":"Priya","comments":[{"userComment":{"text":"v:0.5 thanks","starRating":5,\
                "lastModified":{"seconds":"1770109747"}}},{"developerComment":{"text":"v:-1 agent","lastModified":{"seconds":"1770109800"}}}]}]}
                """),
        Case(
            connector: "app-store-connect",
            payload: """
                {"data":[{"type":"customerReviews","id":"1","attributes":{"rating":5,"body":"v:0.5 thanks",\
                "createdDate":"2026-02-03T01:14:07-08:00"}}],"included":[{"type":"customerReviewResponses","id":"r",\
                "attributes":{"responseBody":"v:-1 agent","lastModifiedDate":"2026-02-04T01:14:07-08:00"},\
                "relationships":{"review":{"data":{"type":"customerReviews","id":"1"}}}}]}
                """),
        Case(
            connector: "google-business",
            payload: """
                {"reviews":[{"name":"accounts/1/locations/2/reviews/r","reviewId":"r","reviewer":{"displayName":"Priya"},"starRating":"FIVE",\
                "comment":"v:0.5 thanks","createTime":"2026-02-03T09:14:07Z","updateTime":"2026-02-03T09:14:07Z",\
                "reviewReply":{"comment":"v:-1 agent","updateTime":"2026-02-04T09:14:07Z"}}]}
                """),
        Case(
            connector: "trustpilot",
            payload: """
                {"reviews":[{"id":"t","stars":5,"text":"v:0.5 thanks","createdAt":"2026-02-03T09:14:07Z","consumer":{"id":"c",\
                "displayName":"Priya"},"companyReply":{"text":"v:-1 agent","createdAt":"2026-02-04T09:14:07Z"}}]}
                """),
        Case(
            connector: "webvtt",
            payload: """
                WEBVTT

                00:01.000 --> 00:02.000
                <v Ana Agent>v:-1 agent</v>

                00:05.000 --> 00:06.000
                <v Priya>v:0.5 thanks</v>

                00:09.000 --> 00:10.000
                [Music]
                """, configuration: #"{"agentNames":["Ana Agent"]}"#),
        Case(
            connector: "srt",
            payload: """
                1
                00:00:01,000 --> 00:00:02,000
                SPEAKER_00: v:-1 agent

                2
                00:00:05,000 --> 00:00:06,000
                SPEAKER_01: v:0.5 thanks
                """, configuration: #"{"speakers":["SPEAKER_00","SPEAKER_01"],"channelRoles":{"SPEAKER_00":"agent"}}"#),
        Case(
            connector: "deepgram",
            payload: """
                {"metadata":{"request_id":"r","created":"2026-02-03T10:00:00Z","channels":2},\
                "results":{"channels":[{"alternatives":[{"transcript":"v:-1 agent"}]},{"alternatives":[{"transcript":"v:0.5 thanks"}]}]}}
                """, configuration: #"{"channelRoles":{"0":"agent"}}"#),
        Case(
            connector: "google-speech",
            payload: """
                {"results":[{"alternatives":[{"transcript":"v:-1 agent"}],"channelTag":1,\
                "resultEndTime":"1s"},{"alternatives":[{"transcript":"v:0.5 thanks"}],"channelTag":2,"resultEndTime":"2s"}]}
                """, configuration: #"{"channelRoles":{"1":"agent"}}"#),
        Case(
            connector: "transcribe",
            payload: """
                {"jobName":"j","accountId":"1","results":{"transcripts":[{"transcript":"x"}],"speaker_labels":{"speakers":2,\
                "segments":[{"start_time":"0.0","end_time":"1.0","speaker_label":"spk_0","items":[{"start_time":"0.0","end_time":"0.0",\
                "speaker_label":"spk_0"},{"start_time":"0.5","end_time":"0.5","speaker_label":"spk_0"}]},{"start_time":"2.0","end_time":"3.0",\
                "speaker_label":"spk_1","items":[{"start_time":"2.0","end_time":"2.0","speaker_label":"spk_1"},{"start_time":"2.5",\
                "end_time":"2.5","speaker_label":"spk_1"}]}]},"items":[{"start_time":"0.0","end_time":"0.0","type":"pronunciation",\
                "speaker_label":"spk_0","alternatives":[{"content":"v:-1"}]},{"start_time":"0.5","end_time":"0.5","type":"pronunciation",\
                "speaker_label":"spk_0","alternatives":[{"content":"agent"}]},{"start_time":"2.0","end_time":"2.0","type":"pronunciation",\
                "speaker_label":"spk_1","alternatives":[{"content":"v:0.5"}]},{"start_time":"2.5","end_time":"2.5","type":"pronunciation",\
                "speaker_label":"spk_1","alternatives":[{"content":"thanks"}]}]}}
                """, configuration: #"{"channelRoles":{"spk_0":"agent"}}"#),
        Case(
            connector: "jsonl",
            payload: """
                {"id":"1","text":"v:0.5 thanks"}
                {"id":"2","text":"v:-1 agent","direction":"outbound"}
                {"id":"3","text":"v:-1 note","private":true}
                {"id":"4","text":"v:-1 bot","role":"bot"}
                {"id":"5","text":"v:-1 internal","visibility":"internal"}
                """),
        Case(
            connector: "csv",
            payload: """
                id,role,text
                1,customer,v:0.5 thanks
                2,agent,v:-1 agent
                3,bot,v:-1 bot
                4,system,v:-1 system
                """),
    ]
}
